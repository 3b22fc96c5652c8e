#ifndef CPAIRS_H
#define CPAIRS_H

#include "CKernels.h"

#pragma clang assume_nonnull begin

// The search for the best pair of columns: a table of its own, so that nothing else depends on it.

/// Two columns, the first before the second, or −1 and −1 where no pair is admissible.
typedef struct ck_pair {
  int32_t first, second;
} ck_pair;

/// The loops of one path.
typedef struct ck_pair_kernels {
  /// Floats of scratch that a search over n columns takes.
  long (*scratch_floats)(long n);
  /// The columns p < q with the largest (a[p] + a[q])·(b[p] + b[q]) among those where both sums are
  /// above 0; of equals the lowest p, then the lowest q. Columns whose `open` is 0, and those with a
  /// number that is not finite, are left out.
  ck_pair (*best)(const float *a, const float *b, const uint8_t *open, long n, float *scratch);
} ck_pair_kernels;

/// The loops of a path, or null where this processor cannot run them.
const ck_pair_kernels *_Nullable ck_pairs_for(ck_path path);

#pragma clang assume_nonnull end

#endif
