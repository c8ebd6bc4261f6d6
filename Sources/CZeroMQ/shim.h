// libzmq, and the Linux descriptors that wait in the same poll set.
#include <malloc.h>
#include <sys/eventfd.h>
#include <sys/signalfd.h>
#include <zmq.h>
