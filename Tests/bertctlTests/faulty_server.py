#!/usr/bin/env python3
"""A model repository that misbehaves: python3 faulty_server.py FOLDER FAULT...

Serves FOLDER/<file> at /ORG/NAME/resolve/REVISION/<file>, prints its port, and ends when its stdin does. FAULTs:
redirect  answers with a redirection to another path first, telling the digest as Hugging Face does
cut       sends half of what was asked for, once a file, and hangs up
lie       changes the last byte of every file
noresume  ignores ranges
secret    wants the token "letmein"
"""
import hashlib, http.server, os, sys, threading

folder, faults = sys.argv[1], set(sys.argv[2:])
was_cut = set()


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def refuse(self, status):
        self.send_response(status)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def do_GET(self):
        if "secret" in faults and self.headers["Authorization"] != "Bearer letmein":
            return self.refuse(401)
        name = self.path.split("/", 5)[-1]
        path = os.path.join(folder, name)
        if not os.path.isfile(path):
            return self.refuse(404)
        body = open(path, "rb").read()
        if "redirect" in faults and "/resolve/" in self.path:
            self.send_response(302)
            self.send_header("Location", f"/ORG/NAME/blob/x/{name}")
            self.send_header("X-Linked-ETag", f'"{hashlib.sha256(body).hexdigest()}"')
            self.send_header("Content-Length", "0")
            return self.end_headers()
        if "lie" in faults:
            body = body[:-1] + bytes([body[-1] ^ 1])
        start = 0
        if self.headers["Range"] and "noresume" not in faults:
            start = int(self.headers["Range"].removeprefix("bytes=").split("-")[0])
            if start >= len(body):
                return self.refuse(416)
        self.send_response(206 if start else 200)
        if start:
            self.send_header("Content-Range", f"bytes {start}-{len(body) - 1}/{len(body)}")
        self.send_header("Content-Length", str(len(body) - start))
        self.end_headers()
        if "cut" in faults and name not in was_cut and len(body) > 1:
            was_cut.add(name)
            self.wfile.write(body[start : start + (len(body) - start) // 2])
            self.close_connection = True
            return
        self.wfile.write(body[start:])


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
print(server.server_port, flush=True)
threading.Thread(target=server.serve_forever, daemon=True).start()
sys.stdin.read()
