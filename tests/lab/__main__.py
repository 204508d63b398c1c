"""``make machine``: build the machine that the tests of the appliance run."""

from tests.lab.machine import frozen_machine

if __name__ == "__main__":
    frozen_machine()
