package dev.lockdown.manifest;

import dev.lockdown.manifest.yaml.Syntax;
import dev.lockdown.manifest.yaml.Value;

/// Reads the name of a port where a number might stand as well.
final class PortNames {
    private PortNames() {}

    static String read(Value value) {
        var name = value.text();
        if (name.matches("[0-9]{1,5}")) throw PolicyProblems.quotedPort(value, name);
        return value.text(Syntax.PORT_NAME);
    }
}
