"""The tests use the kernel that commands have compiled and cached."""

from bot import compilation, kernel_cache

compilation.use(kernel_cache.user_folder())
