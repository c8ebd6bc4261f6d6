// The one header of this module. The files beside it are written by `make protos` from Protos/*.proto.
#include "bertd.pb-c.h"
#include "work.pb-c.h"
