#include "CDoubles.h"

extern const ck_double_kernels ck_doubles_generic;
#if defined(__x86_64__)
extern const ck_double_kernels ck_doubles_avx2;
extern const ck_double_kernels ck_doubles_avx512;
#endif

const ck_double_kernels *ck_doubles_for(ck_path path) {
  // Who can run the products of a path can run its double precision.
  if (!ck_kernels_for(path)) return (const ck_double_kernels *)0;
#if defined(__x86_64__)
  if (path == CK_AVX2) return &ck_doubles_avx2;
  if (path == CK_AVX512) return &ck_doubles_avx512;
#endif
  return &ck_doubles_generic;
}
