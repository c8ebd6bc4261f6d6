/* Texts to vectors in C: PUSH the job, then fetch its rows.
 *
 *     apt install libzmq3-dev libprotobuf-c-dev protobuf-c-compiler
 *     protoc-c --c_out=. -IProtos bertd.proto
 *     cc -I. embed_fetch.c bertd.pb-c.c -lzmq -lprotobuf-c -o embed_fetch
 *     BERTD_MODEL=minilm ./embed_fetch "text one" "text two"
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>
#include <zmq.h>
#include "bertd.pb-c.h"

static void die(const char *what, const char *why) {
    fprintf(stderr, "%s: %s\n", what, why);
    exit(1);
}

static void *connected(void *context, int type, const char *host, int port) {
    char endpoint[300];
    void *socket = zmq_socket(context, type);
    int linger = 1000, immediate = 1, send_timeout = 5000, receive_timeout = 20000;
    zmq_setsockopt(socket, ZMQ_LINGER, &linger, sizeof linger);
    zmq_setsockopt(socket, ZMQ_IMMEDIATE, &immediate, sizeof immediate); /* nothing for a server that is not there */
    zmq_setsockopt(socket, ZMQ_SNDTIMEO, &send_timeout, sizeof send_timeout);
    zmq_setsockopt(socket, ZMQ_RCVTIMEO, &receive_timeout, sizeof receive_timeout);
    snprintf(endpoint, sizeof endpoint, "tcp://%s:%d", host, port);
    if (zmq_connect(socket, endpoint) != 0) die(endpoint, zmq_strerror(zmq_errno()));
    return socket;
}

static void send_bytes(void *socket, const void *bytes, size_t size) {
    if (zmq_send(socket, bytes, size, 0) < 0) die("send", zmq_strerror(zmq_errno()));
}

static Bertd__Command command(char *id, char **texts, int count) {
    static Bertd__Embed embed = BERTD__EMBED__INIT;
    Bertd__Command command = BERTD__COMMAND__INIT;
    embed.model = getenv("BERTD_MODEL") ? getenv("BERTD_MODEL") : "minilm";
    embed.texts = texts;
    embed.n_texts = count;
    command.has_protocol = 1;
    command.protocol = 1;
    command.client_id = "example";
    command.job_id = id;
    command.body_case = BERTD__COMMAND__BODY_EMBED;
    command.embed = &embed;
    return command;
}

static void ask(void *control, char *id, uint64_t row) {
    uint8_t bytes[512];
    Bertd__Fetch fetch = BERTD__FETCH__INIT;
    Bertd__Request request = BERTD__REQUEST__INIT;
    fetch.job_id = id;
    fetch.has_first_row = fetch.has_count = fetch.has_wait_ms = 1;
    fetch.first_row = row;
    fetch.count = 1000;
    fetch.wait_ms = 10000;
    request.has_protocol = request.has_request_id = 1;
    request.protocol = 1;
    request.request_id = row;
    request.body_case = BERTD__REQUEST__BODY_FETCH;
    request.fetch = &fetch;
    send_bytes(control, bytes, bertd__request__pack(&request, bytes));
}

static int is_open(const char *state) {
    return state && (strcmp(state, "queued") == 0 || strcmp(state, "running") == 0);
}

/* The vectors of one page, little-endian floats; returns how many there are. */
static uint64_t print_rows(const Bertd__Result *rows, void *control, char **texts) {
    zmq_msg_t tensor;
    zmq_msg_init(&tensor);
    if (zmq_msg_recv(&tensor, control, 0) < 0) die("receive", zmq_strerror(zmq_errno()));
    if (rows->n_shape != 2 || zmq_msg_size(&tensor) != rows->shape[0] * rows->shape[1] * sizeof(float))
        die("page", "the tensor does not have its shape");
    for (uint64_t row = 0; row < rows->shape[0]; row++) {
        const float *vector = (const float *)zmq_msg_data(&tensor) + row * rows->shape[1];
        printf("%s", texts[rows->first_row + row]);
        for (uint64_t column = 0; column < rows->shape[1]; column++) printf("\t%.6f", vector[column]);
        printf("\n");
    }
    zmq_msg_close(&tensor);
    return rows->shape[0];
}

int main(int argc, char **argv) {
    char host[256] = "127.0.0.1", id[64];
    int base = 5555, attempts = 0;
    uint64_t row = 0, count = argc - 1;
    if (getenv("BERTD_SERVER")) sscanf(getenv("BERTD_SERVER"), "%255[^:]:%d", host, &base);
    snprintf(id, sizeof id, "example-%ld-%d", (long)time(NULL), (int)getpid());

    void *context = zmq_ctx_new();
    void *push = connected(context, ZMQ_PUSH, host, base), *control = connected(context, ZMQ_DEALER, host, base + 2);
    Bertd__Command job = command(id, argv + 1, count);
    size_t size = bertd__command__get_packed_size(&job);
    uint8_t *bytes = malloc(size);
    bertd__command__pack(&job, bytes);
    send_bytes(push, bytes, size);

    while (row < count) {
        zmq_msg_t frame;
        ask(control, id, row);
        zmq_msg_init(&frame);
        if (zmq_msg_recv(&frame, control, 0) < 0) die("receive", zmq_strerror(zmq_errno()));
        Bertd__Reply *reply = bertd__reply__unpack(NULL, zmq_msg_size(&frame), zmq_msg_data(&frame));
        if (!reply) die("reply", "not of this protocol");
        const char *code = reply->body_case == BERTD__REPLY__BODY_ERROR ? reply->error->code : NULL;
        Bertd__Page *page = reply->body_case == BERTD__REPLY__BODY_PAGE ? reply->page : NULL;
        if (code && strcmp(code, "unknown_job") == 0 && attempts++ < 10) {
            usleep(200000);
            send_bytes(push, bytes, size); /* not accepted yet: the same frame is the same job */
        } else if (page && page->rows) {
            row += print_rows(page->rows, control, argv + 1);
        } else if (!page || !page->job || !is_open(page->job->state)) {
            die("no rows", code ? code : page && page->job ? page->job->state : "an answer of another kind");
        }
        bertd__reply__free_unpacked(reply, NULL);
        zmq_msg_close(&frame);
    }
    free(bytes);
    zmq_close(push);
    zmq_close(control);
    zmq_ctx_term(context);
    return 0;
}
