// Any processor: the compiler splits the vectors into what the target has, and where it has no
// fused multiply-add it calls the library's, which rounds the same way.

#pragma STDC FP_CONTRACT OFF
#pragma clang diagnostic ignored "-Wpsabi"  // vectors are passed between inlined functions only


#define PATH CK_GENERIC
#define PATH_TABLE ck_table_generic
#define PANEL_ROWS 6
#define PANEL_VECTORS 1

#include "paths/table.h"
