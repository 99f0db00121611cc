"""The tests use the kernel that commands have compiled and cached."""

from bot import compiling, kernel_cache

compiling.use(kernel_cache.user_folder())
