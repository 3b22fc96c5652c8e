// Any processor; see path_generic.c.

#pragma STDC FP_CONTRACT OFF
#pragma clang diagnostic ignored "-Wpsabi"  // vectors are passed between inlined functions only

#define DOUBLE_TABLE ck_doubles_generic
#define BLOCK_ROWS 2

#include "doubles/table_of_doubles.h"
