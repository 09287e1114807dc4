"""Machines for a campaign: each is a network namespace with one address, on a bridge that only this process sees.

The process itself moves into a namespace of its own before anything else, so its workers, its bank and the bridge meet no
address, route or firewall rule of the host. Needs root.
"""
import ctypes
import os
import signal
import subprocess
import time

from cluster import ordinary_user

NETWORK = "198.18.0"  # RFC 2544 keeps it for tests.
HUB = f"{NETWORK}.1"
BRIDGE = "paidonce"
CLONE_NEWNET = 0x40000000


def ip(*words):
    subprocess.run(["ip", *words], check=True)


def as_ordinary_user(command):
    """Returns the command as it is run by the ordinary user, by whoever starts it as root."""
    user = ordinary_user()
    return ["setpriv", f"--reuid={user['user']}", f"--regid={user['group']}", "--clear-groups", *command]


def move_into_own_network():
    """Gives this process, and all that it starts, a network of its own, with a bridge for the machines.

    The network has no name and ends with its last process, so nothing of it can be left behind."""
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.unshare(CLONE_NEWNET) != 0:
        raise OSError(ctypes.get_errno(), "cannot make a network namespace")
    ip("link", "set", "lo", "up")
    ip("link", "add", BRIDGE, "type", "bridge")
    ip("address", "add", f"{HUB}/24", "dev", BRIDGE)
    ip("link", "set", BRIDGE, "up")


class Machine:
    def __init__(self, name, number, folder):
        self.name, self.address = name, f"{NETWORK}.{10 + number}"
        self.namespace = f"paidonce-{os.getpid()}-{name}"
        self.port = f"to-{name}"  # The bridge's side of the cable.
        self.folder = os.path.join(folder, name)
        os.mkdir(self.folder, 0o700)
        os.chown(self.folder, ordinary_user()["user"], ordinary_user()["group"])
        self.children = []

    def create(self):
        ip("netns", "add", self.namespace)
        ip("link", "add", self.port, "type", "veth", "peer", "name", "eth0", "netns", self.namespace)
        ip("link", "set", self.port, "master", BRIDGE, "up")
        ip("-n", self.namespace, "link", "set", "lo", "up")
        ip("-n", self.namespace, "address", "add", f"{self.address}/24", "dev", "eth0")
        ip("-n", self.namespace, "link", "set", "eth0", "up")

    def run(self, name, command):
        """Starts a program on the machine, as an ordinary user."""
        with open(os.path.join(self.folder, f"{name}.log"), "ab") as log:
            process = subprocess.Popen(
                ["ip", "netns", "exec", self.namespace, *as_ordinary_user(command)], stdin=subprocess.DEVNULL,
                stdout=log, stderr=log, cwd=self.folder, start_new_session=True)
        self.children.append(process)
        return process

    # Faults

    def processes(self):
        """Returns all processes on the machine, also those whose parent has died."""
        found = subprocess.run(["ip", "netns", "pids", self.namespace], capture_output=True, text=True)
        return [int(process) for process in found.stdout.split()]

    def send_to_all(self, number):
        for process in self.processes():
            try:
                os.kill(process, number)
            except ProcessLookupError:
                pass

    def freeze(self):
        self.send_to_all(signal.SIGSTOP)

    def go_on(self):
        self.send_to_all(signal.SIGCONT)

    def kill(self):
        """Kills every process on the machine with SIGKILL. They are stopped first, so that none sees another die."""
        self.freeze()
        deadline = time.monotonic() + 20
        while self.processes():
            if time.monotonic() > deadline:
                raise RuntimeError(f"{self.name}: {self.processes()} do not die")
            self.send_to_all(signal.SIGKILL)
            for child in self.children:
                child.poll()
            time.sleep(0.02)
        self.children = []

    def unplug(self):
        ip("link", "set", self.port, "down")

    def plug_in(self):
        ip("link", "set", self.port, "up")

    def cut_off_from(self, others):
        """Drops every packet between this machine and the others; whoever is not a machine still reaches it."""
        them = ", ".join(other.address for other in others)
        self._nft(f"""
            table ip cut {{
              chain from {{ type filter hook input priority 0; ip saddr {{ {them} }} drop; }}
              chain to {{ type filter hook output priority 0; ip daddr {{ {them} }} drop; }}
            }}""")

    def connect_again(self):
        self._nft("delete table ip cut")

    def _nft(self, rules):
        subprocess.run(
            ["ip", "netns", "exec", self.namespace, "nft", "-f", "-"], input=rules, text=True, check=True)

    def remove(self):
        if os.path.exists(f"/run/netns/{self.namespace}"):
            self.kill()
            ip("netns", "delete", self.namespace)
