// Vectors of 16 floats, whatever the registers are: one on AVX-512, two on AVX2, four elsewhere.
// Included by each path inside its target attribute, so all functions are static.

#include <stdint.h>
#include <string.h>

#include "CKernels.h"

typedef float vf __attribute__((ext_vector_type(16)));
typedef int32_t vi __attribute__((ext_vector_type(16)));
typedef uint32_t vu __attribute__((ext_vector_type(16)));
typedef uint64_t vl __attribute__((ext_vector_type(16)));
typedef uint8_t vb __attribute__((ext_vector_type(16)));

enum { LANES = 16 };

#define INLINE static inline __attribute__((always_inline))

INLINE vf load(const float *p) {
  vf v;
  memcpy(&v, p, sizeof v);
  return v;
}

INLINE void store(float *p, vf v) { memcpy(p, &v, sizeof v); }

// The first n of 16 lanes; the others are +0.
INLINE vf load_some(const float *p, long n) {
  if (n >= LANES) return load(p);
  vf v = 0.0f;
  memcpy(&v, p, (size_t)n * sizeof(float));
  return v;
}

INLINE void store_some(float *p, vf v, long n) {
  if (n >= LANES) {
    store(p, v);
  } else {
    memcpy(p, &v, (size_t)n * sizeof(float));
  }
}

INLINE vf fma16(vf a, vf b, vf c) { return __builtin_elementwise_fma(a, b, c); }

INLINE vi bits_of(vf v) { return (vi)v; }
INLINE vf float_of(vi v) { return (vf)v; }

INLINE vf choose(vi condition, vf yes, vf no) {
  return float_of((condition & bits_of(yes)) | (~condition & bits_of(no)));
}

INLINE vf larger(vf a, vf b) { return choose(a > b, a, b); }
INLINE vf magnitude16(vf v) { return float_of(bits_of(v) & 0x7fffffff); }

// The fixed tree of every reduction: lanes 8 apart, then 4, 2 and 1.
INLINE float sum_lanes(vf v) {
  float lane[LANES];
  store(lane, v);
  for (int half = 8; half > 0; half /= 2) {
    for (int i = 0; i < half; i++) lane[i] = lane[i] + lane[i + half];
  }
  return lane[0];
}

INLINE float largest_lane(vf v) {
  float best = v[0];
  for (int i = 1; i < LANES; i++) best = v[i] > best ? v[i] : best;
  return best;
}
