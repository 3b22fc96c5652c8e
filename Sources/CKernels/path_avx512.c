// x86-64 with AVX-512: a vector is one register, a block of C 14 × 32.

#pragma STDC FP_CONTRACT OFF
#pragma clang diagnostic ignored "-Wpsabi"  // vectors are passed between inlined functions only

#if defined(__x86_64__)

#include <stdint.h>
#include <string.h>

#include "CKernels.h"

#pragma clang attribute push( \
    __attribute__((target("avx2,fma,avx512f,avx512bw,avx512dq,avx512vl"))), apply_to = function)

#define PATH CK_AVX512
#define PATH_TABLE ck_table_avx512
#define PANEL_ROWS 14
#define PANEL_VECTORS 2

#include "paths/table.h"

#pragma clang attribute pop

#endif
