#include "CConvolution.h"

extern const ck_convolution_kernels ck_convolution_generic;
#if defined(__x86_64__)
extern const ck_convolution_kernels ck_convolution_avx2;
extern const ck_convolution_kernels ck_convolution_avx512;
#endif

const ck_convolution_kernels *ck_convolution_for(ck_path path) {
  // Who can run the products of a path can run its convolutions.
  if (!ck_kernels_for(path)) return (const ck_convolution_kernels *)0;
#if defined(__x86_64__)
  if (path == CK_AVX2) return &ck_convolution_avx2;
  if (path == CK_AVX512) return &ck_convolution_avx512;
#endif
  return &ck_convolution_generic;
}
