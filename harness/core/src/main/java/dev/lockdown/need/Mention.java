package dev.lockdown.need;

/// A host that a text names.
///
/// @param scheme in lower case, the last part of `jdbc:postgresql`; empty where there is none
/// @param host without a dot at its end
/// @param port 0 where the text has none
/// @param form how sure it is that this is a host at all
record Mention(String scheme, String host, int port, Form form) {
    enum Form {
        /// With a scheme.
        URL,
        /// `name:port` amid a text.
        WITH_PORT,
        /// Alone, under a key that says what it is.
        KEYED,
        /// The same where other words than addresses stand under that key, too.
        KEYED_VAGUELY,
        /// The same in a file, where many words stand under such keys.
        KEYED_IN_FILE,
        /// A name that ends with `.svc`, as only Services have them.
        SERVICE_NAME
    }

    boolean isAddress() {
        return host.matches("[0-9.]+") || host.contains(":");
    }

    /// Whether it is the machine itself, or every address of it.
    boolean isOwnMachine() {
        return host.equals("localhost") || host.endsWith(".localhost") || host.startsWith("127.") || host.equals("0.0.0.0")
            || host.equals("::") || host.equals("::1");
    }
}
