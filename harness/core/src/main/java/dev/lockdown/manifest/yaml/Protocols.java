package dev.lockdown.manifest.yaml;

import dev.lockdown.flow.Protocol;
import java.util.Arrays;
import java.util.List;

/// Reads the protocol of a port; TCP where there is none.
public final class Protocols {
    static final List<String> NAMES = Arrays.stream(Protocol.values()).map(Protocol::name).toList();

    private Protocols() {}

    public static Protocol of(Fields port) {
        var value = port.get("protocol");
        if (value == null) return Protocol.TCP;
        var word = value.text();
        if (!NAMES.contains(word)) throw FieldProblems.notAmong(value, word, NAMES, null);
        return Protocol.valueOf(word);
    }
}
