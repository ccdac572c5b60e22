package dev.lockdown.cluster;

import java.util.Locale;

/// A kind of object that a cluster's API serves.
///
/// @param group of the API, empty for its core
/// @param resource its name in paths and in rights, such as `networkpolicies`
/// @param isNamespaced whether its objects are in namespaces
public record ApiKind(String group, String version, String resource, String kind, boolean isNamespaced) {

    /// A kind in namespaces.
    ///
    /// @param apiVersion as objects write it, such as `apps/v1`
    public static ApiKind of(String apiVersion, String kind) {
        int slash = apiVersion.indexOf('/');
        var lower = kind.toLowerCase(Locale.ROOT);
        return new ApiKind(apiVersion.substring(0, Math.max(slash, 0)), apiVersion.substring(slash + 1),
            plural(lower), kind, true);
    }

    private static String plural(String word) {
        if (word.endsWith("s")) return word + "es";
        return word.matches(".*[^aeiou]y") ? word.substring(0, word.length() - 1) + "ies" : word + "s";
    }

    public String apiVersion() {
        return group.isEmpty() ? version : group + "/" + version;
    }
}
