"""A small compiled loop as a program: it prints the sum of the numbers below ten.

With `--no-room` the program can write nothing into files, as on a full disk.
"""

import resource
import sys

if "--no-room" in sys.argv:
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))

from bot import compilation, user_cache
from bot.compilation import compiled


@compiled
def total(count: int) -> int:
    """Return the sum of the numbers below `count`."""
    result = 0
    for number in range(count):
        result += number
    return result


if __name__ == "__main__":
    compilation.configure(user_cache.user_folder())
    print(total(10))
