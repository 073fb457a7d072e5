import { anything } from '../../../core/access.js';
import { kinesisOperation } from '../service-state.js';
import { openShards } from '../streams/stream-record.js';

/** The quotas of a new account; this cloud does not hold to them ("Quotas and limits"). */
const SHARD_LIMIT = 500;
const ON_DEMAND_LIMIT = 50;

export const describeLimits = kinesisOperation({
  name: 'DescribeLimits',
  access: (row) => [row({ action: 'kinesis:DescribeLimits', on: anything })],
  handle: (_input, call, { streams }) => {
    const all = streams.list(call);
    return {
      ShardLimit: SHARD_LIMIT,
      OpenShardCount: all
        .filter(({ mode }) => mode === 'PROVISIONED')
        .reduce((sum, stream) => sum + openShards(stream).length, 0),
      OnDemandStreamCount: all.filter(({ mode }) => mode === 'ON_DEMAND').length,
      OnDemandStreamCountLimit: ON_DEMAND_LIMIT,
    };
  },
});
