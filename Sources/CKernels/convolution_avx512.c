// x86-64 with AVX-512: a vector is one of 32 registers.

#pragma STDC FP_CONTRACT OFF
#pragma clang diagnostic ignored "-Wpsabi"  // vectors are passed between inlined functions only

#if defined(__x86_64__)

#include <stdint.h>
#include <string.h>

#include "CConvolution.h"

#pragma clang attribute push( \
    __attribute__((target("avx2,fma,avx512f,avx512bw,avx512dq,avx512vl"))), apply_to = function)

#define CONVOLUTION_TABLE ck_convolution_avx512
#define TILE_ROWS 14
#define TILE_VECTORS 2
#define DOT_ROWS 5
#define DOT_COLUMNS 5

#include "convolution/table_of_convolution.h"

#pragma clang attribute pop

#endif
