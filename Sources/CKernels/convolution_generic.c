// Any processor; see path_generic.c.

#pragma STDC FP_CONTRACT OFF
#pragma clang diagnostic ignored "-Wpsabi"  // vectors are passed between inlined functions only

#define CONVOLUTION_TABLE ck_convolution_generic
#define TILE_ROWS 6
#define TILE_VECTORS 1
#define DOT_ROWS 2
#define DOT_COLUMNS 3

#include "convolution/table_of_convolution.h"
