import * as z from 'zod';

/** The body that every peer validates, each in its own way. */
export const User = z.object({ username: z.string().min(1), email: z.email() });
