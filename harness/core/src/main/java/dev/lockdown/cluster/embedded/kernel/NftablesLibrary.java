package dev.lockdown.cluster.embedded.kernel;

import dev.lockdown.cluster.EnvironmentException;
import java.lang.foreign.Arena;
import java.lang.foreign.SymbolLookup;

/// The functions of libnftables that are used.
///
/// See libnftables(3).
record NftablesLibrary(NativeFunction newContext, NativeFunction freeContext, NativeFunction bufferOutput, NativeFunction bufferErrors,
        NativeFunction output, NativeFunction errors, NativeFunction run) {
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
        return new NftablesLibrary(
            NativeFunction.in(library, "nft_ctx_new"),
            NativeFunction.in(library, "nft_ctx_free"),
            NativeFunction.in(library, "nft_ctx_buffer_output"),
            NativeFunction.in(library, "nft_ctx_buffer_error"),
            NativeFunction.in(library, "nft_ctx_get_output_buffer"),
            NativeFunction.in(library, "nft_ctx_get_error_buffer"),
            NativeFunction.in(library, "nft_run_cmd_from_filename"));
    }
}
