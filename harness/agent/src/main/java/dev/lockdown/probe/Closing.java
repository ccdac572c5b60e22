package dev.lockdown.probe;

import java.io.Closeable;
import java.io.IOException;

/// Closes channels whose failure to close changes nothing.
public final class Closing {
    private Closing() {}

    public static void quietly(Closeable resource) {
        try {
            resource.close();
        } catch (IOException e) {
            // The descriptor is gone all the same (close(2)); what was sent or not is judged by the other end.
        }
    }
}
