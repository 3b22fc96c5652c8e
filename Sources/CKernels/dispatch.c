#if defined(__linux__)
#define _DEFAULT_SOURCE  // for madvise
#endif

#include <stdlib.h>
#include <sys/mman.h>
#include <time.h>

#include "CKernels.h"

extern const ck_kernels ck_table_generic;
#if defined(__x86_64__)
extern const ck_kernels ck_table_avx2;
extern const ck_kernels ck_table_avx512;
#endif

const ck_kernels *ck_kernels_for(ck_path path) {
#if defined(__x86_64__)
  if (path == CK_AVX2 && __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) {
    return &ck_table_avx2;
  }
  if (path == CK_AVX512 && __builtin_cpu_supports("avx512f") &&
      __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512dq") &&
      __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("fma")) {
    return &ck_table_avx512;
  }
#endif
  return path == CK_GENERIC ? &ck_table_generic : (const ck_kernels *)0;
}

uint64_t ck_nanoseconds(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

const char *ck_environment(const char *name) { return getenv(name); }

void ck_prefer_large_pages(void *start, long bytes) {
#if defined(MADV_HUGEPAGE)
  madvise(start, (size_t)bytes, MADV_HUGEPAGE);
#else
  (void)start;
  (void)bytes;
#endif
}
