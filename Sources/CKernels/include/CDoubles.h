#ifndef CDOUBLES_H
#define CDOUBLES_H

#include "CKernels.h"

#pragma clang assume_nonnull begin

// Double precision for the linear algebra of Gaussian processes: a table of its own, so that nothing
// else depends on it.

/// The loops of one path.
typedef struct ck_double_kernels {
  /// c[i][j] = Σₖ a(i, k)·b[k][j], each element one chain of fused multiply-adds from +0 in the order
  /// of k. a(i, k) is a[i·a_row + k·a_column]; rows of b and c are contiguous.
  void (*product)(const double *a, long a_row, long a_column, const double *b, long b_row, double *c,
                  long c_row, long rows, long columns, long inner);
  /// x ← eˣ.
  void (*exp)(double *x, long n);
  /// x ← log x.
  void (*log)(double *x, long n);
  /// The cumulative normal distribution Φ(z) and its density φ(z).
  void (*normal)(const double *z, double *cumulative, double *density, long n);
} ck_double_kernels;

/// The loops of a path, or null where this processor cannot run them.
const ck_double_kernels *_Nullable ck_doubles_for(ck_path path);

#pragma clang assume_nonnull end

#endif
