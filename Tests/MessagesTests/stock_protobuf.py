"""Every message through Google's own protobuf, from the published .proto alone.

usage: stock_protobuf.py PROTOS_FOLDER SCRATCH_FOLDER < LINES > LINES

A line in is `MESSAGE HEX`; the line out is the message read and written again in hex, without what the contract does
not define. After them come the lines of what this program makes by itself: `made MESSAGE HEX`, and the sha256 of the
manifest among them.
"""

import hashlib
import pathlib
import subprocess
import sys


def main():
    protos, scratch = sys.argv[1:]
    files = [str(path) for path in sorted(pathlib.Path(protos).glob("*.proto"))]
    subprocess.run(["protoc", f"-I{protos}", f"--python_out={scratch}", f"--cpp_out={scratch}", *files], check=True)
    sys.path.insert(0, scratch)
    import bertd_pb2
    import work_pb2

    for line in sys.stdin:
        name, hexed = line.rstrip("\n").split(" ")
        message = getattr(bertd_pb2, name, None) or getattr(work_pb2, name)
        message = message.FromString(bytes.fromhex(hexed))
        message.DiscardUnknownFields()
        print(message.SerializeToString().hex())

    command = bertd_pb2.Command(protocol=1, client_id="py", group="g", job_id="job:1", priority="bulk")
    command.embed.model = "minilm@3"
    command.embed.texts.extend(["hello", "", "nul\0inside", "中文"])
    command.embed.layer = -2
    command.embed.normalize = False
    print("made Command", command.SerializeToString().hex())

    manifest = bertd_pb2.Manifest()
    for path in ["config.json", "onnx/model.bin"]:
        digest = hashlib.sha256(path.encode()).digest()
        manifest.files.add(path=path, size=len(path), digest=digest)
    print("made Manifest", manifest.SerializeToString().hex())
    print("made digest", hashlib.sha256(manifest.SerializeToString()).hexdigest())


main()
