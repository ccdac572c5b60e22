package dev.lockdown.need;

import dev.lockdown.flow.Port;
import java.util.List;

/// One connection that an application opens, or that is opened to it.
///
/// @param port of the Service where `to` is one, else of the pod or machine
/// @param because at least one place, in the order of the files
public record Need(Party from, Party to, Port port, Purpose purpose, List<Because> because) {
    public Need {
        because = List.copyOf(because);
    }

    @Override
    public String toString() {
        return from + " to " + to + " on " + port;
    }
}
