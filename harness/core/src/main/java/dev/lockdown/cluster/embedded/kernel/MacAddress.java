package dev.lockdown.cluster.embedded.kernel;

import java.util.HexFormat;

/// An Ethernet address: `0a:58:0a:2a:00:03`.
public record MacAddress(String text) {
    private static final HexFormat FORMAT = HexFormat.ofDelimiter(":");

    public MacAddress {
        if (!text.matches("[0-9a-f]{2}(:[0-9a-f]{2}){5}"))
            throw new IllegalArgumentException("\"%s\" is not six bytes as 0a:58:0a:2a:00:03".formatted(text));
    }

    /// @param bytes six of them
    public static MacAddress of(byte... bytes) {
        return new MacAddress(FORMAT.formatHex(bytes));
    }

    byte[] bytes() {
        return FORMAT.parseHex(text);
    }

    @Override
    public String toString() {
        return text;
    }
}
