package dev.lockdown.manifest.yaml;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/// What a plain scalar is to Kubernetes, whose YAML reader follows YAML 1.1: `yes` is a boolean and `0x50` a number.
///
/// A reader of YAML 1.2 would take `app: yes` for a label that the API server refuses.
///
/// @see <a href="https://yaml.org/type/">the YAML 1.1 types</a>
public final class Scalars {
    public enum Kind {
        STRING, WHOLE, FRACTION, BOOLEAN, NULL
    }

    private static final Set<String> NULLS = Set.of("", "~", "null", "Null", "NULL");
    private static final Set<String> TRUTHS = Set.of("true", "yes", "on", "y");
    private static final Set<String> LIES = Set.of("false", "no", "off", "n");
    private static final Pattern WHOLE = Pattern.compile("[-+]?(0|[1-9][0-9_]{0,30}|0o?[0-7_]{1,30}|0x[0-9a-fA-F_]{1,30}|0b[01_]{1,80})");
    private static final Pattern FRACTION =
        Pattern.compile("[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]+)?|[-+]?\\.(inf|Inf|INF)|\\.(nan|NaN|NAN)");

    private Scalars() {}

    public static Kind kindOfPlain(String text) {
        if (NULLS.contains(text)) return Kind.NULL;
        if (isBoolean(text)) return Kind.BOOLEAN;
        if (text.length() > 100) return Kind.STRING;
        if (WHOLE.matcher(text).matches()) return Kind.WHOLE;
        return FRACTION.matcher(text).matches() ? Kind.FRACTION : Kind.STRING;
    }

    static boolean isTrue(String text) {
        return TRUTHS.contains(text.toLowerCase(Locale.ROOT));
    }

    /// Give the value of a whole number, or `Long.MAX_VALUE` for one that is out of all bounds.
    static long whole(String text) {
        var digits = text.replace("_", "").replaceFirst("^[-+]", "");
        long magnitude = digits.startsWith("0x") ? parse(digits.substring(2), 16)
            : digits.startsWith("0b") ? parse(digits.substring(2), 2)
            : digits.startsWith("0o") ? parse(digits.substring(2), 8)
            : digits.startsWith("0") ? parse(digits, 8) : parse(digits, 10);
        return text.startsWith("-") ? -magnitude : magnitude;
    }

    private static long parse(String digits, int radix) {
        try {
            return Long.parseLong(digits, radix);
        } catch (NumberFormatException _) {
            return Long.MAX_VALUE;
        }
    }

    /// YAML 1.1 knows `yes`, `Yes` and `YES`, but not `yEs`.
    private static boolean isBoolean(String text) {
        var lower = text.toLowerCase(Locale.ROOT);
        if (!TRUTHS.contains(lower) && !LIES.contains(lower)) return false;
        var rest = text.substring(1);
        return rest.equals(lower.substring(1)) || text.equals(text.toUpperCase(Locale.ROOT));
    }
}
