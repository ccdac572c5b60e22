package dev.lockdown.cluster.embedded.kernel;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import dev.lockdown.cluster.EnvironmentException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;

/// The functions of libnftables that are used.
///
/// @see <a href="https://manpages.debian.org/libnftables.3">libnftables(3)</a>
record NftablesLibrary(MethodHandle newContext, MethodHandle freeContext, MethodHandle bufferOutput, MethodHandle bufferErrors,
        MethodHandle output, MethodHandle errors, MethodHandle run) {
    static final String NAME = "libnftables.so.1";

    /// @throws EnvironmentException if it is not installed
    static NftablesLibrary load(String name) {
        SymbolLookup library;
        try {
            library = SymbolLookup.libraryLookup(name, Arena.global());
        } catch (IllegalArgumentException e) {
            throw new EnvironmentException("""
                %s is not installed; the embedded cluster enforces policies with it
                  Debian, Ubuntu: apt-get install libnftables1
                  Fedora:         dnf install nftables-libs
                  Alpine:         apk add nftables""".formatted(name), e);
        }
        var onContext = FunctionDescriptor.of(JAVA_INT, ADDRESS);
        var textOf = FunctionDescriptor.of(ADDRESS, ADDRESS);
        return new NftablesLibrary(
            handle(library, "nft_ctx_new", FunctionDescriptor.of(ADDRESS, JAVA_INT)),
            handle(library, "nft_ctx_free", FunctionDescriptor.ofVoid(ADDRESS)),
            handle(library, "nft_ctx_buffer_output", onContext),
            handle(library, "nft_ctx_buffer_error", onContext),
            handle(library, "nft_ctx_get_output_buffer", textOf),
            handle(library, "nft_ctx_get_error_buffer", textOf),
            handle(library, "nft_run_cmd_from_filename", FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS)));
    }

    private static MethodHandle handle(SymbolLookup library, String name, FunctionDescriptor type) {
        return Linker.nativeLinker().downcallHandle(library.findOrThrow(name), type);
    }
}
