#include "CPairs.h"

extern const ck_pair_kernels ck_pairs_generic;
#if defined(__x86_64__)
extern const ck_pair_kernels ck_pairs_avx2;
extern const ck_pair_kernels ck_pairs_avx512;
#endif

const ck_pair_kernels *ck_pairs_for(ck_path path) {
  // Who can run the products of a path can run its searches.
  if (!ck_kernels_for(path)) return (const ck_pair_kernels *)0;
#if defined(__x86_64__)
  if (path == CK_AVX2) return &ck_pairs_avx2;
  if (path == CK_AVX512) return &ck_pairs_avx512;
#endif
  return &ck_pairs_generic;
}
