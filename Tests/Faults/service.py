"""A `bertd serve` of its own with its worker, for the fault scripts: started, killed, asked and stopped."""
import json
import os
import random
import signal
import socket
import subprocess
import sys
import tempfile
import time

REPOSITORY = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..")


def load_protocol():
    """Makes `import bertd_pb2` work, from the published contract."""
    folder = tempfile.mkdtemp()
    subprocess.check_call(["protoc", "-I", f"{REPOSITORY}/Protos", f"--python_out={folder}", "bertd.proto"])
    sys.path.insert(0, folder)


def free_base_port():
    while True:
        base = random.randrange(20_000, 60_000, 4)
        sockets = [socket.socket() for _ in range(4)]
        try:
            for offset, probe in enumerate(sockets):
                probe.bind(("127.0.0.1", base + offset))
            return base
        except OSError:
            continue
        finally:
            for probe in sockets:
                probe.close()


def sentences(count, seed):
    """Short seeded texts of our own making: 2 to 30 words, and now and then an empty one."""
    generator = random.Random(seed)
    words = """the a film story plot actor scene ending music slow quick warm cold dull bright funny sad moving empty
        clever long short old new great poor small large quiet loud honest fake deep flat it is was seems feels with
        without and but for of in on never always almost quite very too less more""".split()
    return [" ".join(generator.choice(words) for _ in range(generator.randint(2, 30)))
            if generator.random() > 0.002 else "" for _ in range(count)]


def write_reviews(path, rows, seed):
    """Labelled rows of our own making."""
    generator = random.Random(seed)
    words = {"good": ["great", "lovely", "superb"], "poor": ["awful", "bad", "dull"]}
    with open(path, "w", encoding="utf-8") as file:
        file.write("body,rating\n")
        for row in range(rows):
            label = generator.choice(sorted(words))
            file.write(f'"the {row}th was {generator.choice(words[label])}, I thought",{label}\n')


class Service:
    def __init__(self, programs, folder):
        self.programs, self.state, self.port = programs, os.path.join(folder, "state"), free_base_port()
        self.log, self.process = f"{self.state}.log", None

    def start(self, *flags):
        with open(self.log, "ab") as log:
            self.process = subprocess.Popen(
                [f"{self.programs}/bertd", "serve", "--port", str(self.port), "--state-dir", self.state, *flags],
                stdout=log, stderr=log)

    def add_model(self, folder):
        for _ in range(300):
            added = self.ctl("models", "add", folder, "--name", "minilm")
            if added.returncode == 0:
                return
            time.sleep(0.1)
        raise SystemExit(f"the model could not be added: {added.stderr}")

    def kill_broker(self):
        self.process.kill()
        self.process.wait()
        self.start()

    def workers(self, word=b"worker"):
        """Process ids of the workers on this state folder with a word in their command line, whoever started them."""
        found = []
        for pid in filter(str.isdigit, os.listdir("/proc")):
            try:
                with open(f"/proc/{pid}/cmdline", "rb") as file:
                    words = file.read().split(b"\0")
            except OSError:
                continue
            if {b"worker", word} <= set(words) and self.state.encode() in words:
                found.append(int(pid))
        return found

    def kill_worker(self):
        """Whether there was one to kill."""
        found = self.workers()
        for pid in found:
            os.kill(pid, signal.SIGKILL)
        return bool(found)

    def resident_bytes(self):
        with open(f"/proc/{self.process.pid}/statm") as file:
            return int(file.read().split()[1]) * os.sysconf("SC_PAGESIZE")

    def disk_bytes(self):
        total = 0
        for path, _, names in os.walk(self.state):
            for name in names:
                try:
                    total += os.path.getsize(os.path.join(path, name))
                except OSError:
                    pass                    # deleted while we looked
        return total

    def disk_bytes_after_retention(self):
        """Starts it again with nothing worth keeping, and waits until two minutes have freed no more: retention begins
        a minute after the start, and gives pages back last."""
        self.stop()
        self.start("--result-age", "1", "--event-age", "1", "--id-age", "1")
        least, since = self.disk_bytes(), time.monotonic()
        while time.monotonic() - since < 120:
            time.sleep(1)
            if (now := self.disk_bytes()) < least:
                least, since = now, time.monotonic()
        return least

    def stop(self):
        """The broker's exit code; waits until its worker is gone too."""
        self.process.terminate()
        code = self.process.wait(timeout=60)
        deadline = time.monotonic() + 10
        while self.workers() and time.monotonic() < deadline:
            time.sleep(0.1)
        return code

    def finetune(self, data, name, *more):
        """What bertctl says of a training on `write_reviews`, to be called `name`: lines of JSON, the last one last."""
        run = self.ctl("finetune", data, "--text", "body", "--label", "rating", "--model", "minilm", "--name", name,
                       "-o", "json", *more)
        if run.returncode:
            raise SystemExit(f"finetune: {run.stderr}{run.stdout[-500:]}")
        return [json.loads(line) for line in run.stdout.splitlines()]

    def show(self, job):
        """A job as it stands; a broker that has just been started may not answer yet."""
        for _ in range(100):
            shown = self.ctl("show", job, "-o", "json")
            if shown.returncode == 0:
                return json.loads(shown.stdout)
            time.sleep(0.1)
        raise SystemExit(f"show: {shown.stderr}")

    def ctl(self, *arguments):
        return subprocess.run([f"{self.programs}/bertctl", *arguments, "--server", f"127.0.0.1:{self.port}"],
                              capture_output=True, text=True)

    def show_log(self):
        subprocess.run(["tail", "-n", "30", self.log])
