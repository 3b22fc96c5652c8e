// Vectors of 8 doubles, whatever the registers are: one on AVX-512, two on AVX2, four elsewhere.
// Included by each path inside its target attribute, so all functions are static.

#include <stdint.h>
#include <string.h>

#include "CDoubles.h"

typedef double vd __attribute__((ext_vector_type(8)));
typedef int64_t vi __attribute__((ext_vector_type(8)));

enum { LANES = 8 };

#define INLINE static inline __attribute__((always_inline))

INLINE vd load(const double *p) {
  vd v;
  memcpy(&v, p, sizeof v);
  return v;
}

INLINE void store(double *p, vd v) { memcpy(p, &v, sizeof v); }

// The first n of 8 lanes; the others are +0.
INLINE vd load_some(const double *p, long n) {
  if (n >= LANES) return load(p);
  vd v = 0.0;
  memcpy(&v, p, (size_t)n * sizeof(double));
  return v;
}

INLINE void store_some(double *p, vd v, long n) {
  if (n >= LANES) {
    store(p, v);
  } else {
    memcpy(p, &v, (size_t)n * sizeof(double));
  }
}

INLINE vd fma8(vd a, vd b, vd c) { return __builtin_elementwise_fma(a, b, c); }

INLINE vd choose(vi condition, vd yes, vd no) {
  return (vd)((condition & (vi)yes) | (~condition & (vi)no));
}
