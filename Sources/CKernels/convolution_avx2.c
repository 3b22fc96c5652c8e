// x86-64 with AVX2 and FMA: a vector is two of 16 registers.

#pragma STDC FP_CONTRACT OFF
#pragma clang diagnostic ignored "-Wpsabi"  // vectors are passed between inlined functions only

#if defined(__x86_64__)

#include <stdint.h>
#include <string.h>

#include "CConvolution.h"

#pragma clang attribute push(__attribute__((target("avx2,fma"))), apply_to = function)

#define CONVOLUTION_TABLE ck_convolution_avx2
#define TILE_ROWS 6
#define TILE_VECTORS 1
#define DOT_ROWS 2
#define DOT_COLUMNS 3

#include "convolution/table_of_convolution.h"

#pragma clang attribute pop

#endif
