import { GetParameterCommand, ParameterNotFound, PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { Ledger } from '../ledger.js';
import type { Target, Workload } from '../workload.js';

/** The value of a parameter, or undefined where there is none. */
export async function parameterValue(target: Target, Name: string): Promise<string | undefined> {
  try {
    return (await new SSMClient(target).send(new GetParameterCommand({ Name }))).Parameter?.Value;
  } catch (error) {
    if (error instanceof ParameterNotFound) return undefined;
    throw error;
  }
}

/** Parameters that are overwritten. */
export function parameters(): Workload {
  const ledgers = Array.from({ length: 4 }, (_, n) => new Ledger<string | undefined>(`/parameter/${n}`, undefined));
  let generation = 0;
  return {
    name: 'parameters',
    work: async (target, acknowledged) => {
      const client = new SSMClient(target);
      for (const ledger of ledgers) {
        const Value = String(++generation);
        const command = new PutParameterCommand({ Name: ledger.name, Value, Type: 'String', Overwrite: true });
        await ledger.change(Value, () => client.send(command));
        acknowledged();
      }
    },
    verify: async (target) => {
      for (const ledger of ledgers) ledger.settle(await parameterValue(target, ledger.name));
    },
  };
}
