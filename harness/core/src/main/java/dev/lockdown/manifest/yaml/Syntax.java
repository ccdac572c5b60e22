package dev.lockdown.manifest.yaml;

import java.util.regex.Pattern;

/// The forms that Kubernetes demands of names, keys and values.
///
/// @see <a href="https://kubernetes.io/docs/concepts/overview/working-with-objects/names/">object names</a>
public enum Syntax {
    /// RFC 1123 label: namespaces, port names of Services.
    LABEL(63, "[a-z0-9]([-a-z0-9]*[a-z0-9])?",
        "at most 63 of a-z, 0-9 and \"-\", the first and last no \"-\" (RFC 1123 label), such as shop-1"),
    /// RFC 1123 subdomain: pods, policies, workloads, nodes.
    SUBDOMAIN(253, "[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*",
        "at most 253 of a-z, 0-9, \"-\" and \".\", each part beginning and ending with a letter or digit (RFC 1123 subdomain), "
            + "such as deny-all"),
    /// RFC 1035 label: Services, whose names are DNS names.
    DNS_LABEL(63, "[a-z]([-a-z0-9]*[a-z0-9])?",
        "at most 63 of a-z, 0-9 and \"-\", beginning with a letter and not ending with \"-\" (RFC 1035 label), such as api"),
    /// RFC 6335, section 5.1: named ports of containers.
    PORT_NAME(15, "(?=.*[a-z])(?!.*--)[a-z0-9]([-a-z0-9]*[a-z0-9])?",
        "at most 15 of a-z, 0-9 and \"-\", at least one a letter, \"-\" neither first, last nor doubled (IANA_SVC_NAME), such as http"),
    /// The key of a label, without its prefix.
    LABEL_NAME(63, "[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?",
        "at most 63 letters, digits, \"-\", \"_\" and \".\", beginning and ending with a letter or digit, such as app"),
    /// The value of a label, which may be empty.
    LABEL_VALUE(63, "([A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?)?",
        "at most 63 letters, digits, \"-\", \"_\" and \".\", beginning and ending with a letter or digit, or nothing at all");

    private final int longest;
    private final Pattern pattern;
    private final String expected;

    Syntax(int longest, String pattern, String expected) {
        this.longest = longest;
        this.pattern = Pattern.compile(pattern);
        this.expected = expected;
    }

    public boolean matches(String text) {
        return text.length() <= longest && pattern.matcher(text).matches();
    }

    String expected() {
        return expected;
    }
}
