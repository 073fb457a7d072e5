/**
 * The file descriptor by which the bootstrap of an environment speaks to the Runtime API. The port in
 * AWS_LAMBDA_RUNTIME_API serves the same to everybody else.
 */
export const RUNTIME_PIPE = 4;
