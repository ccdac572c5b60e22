/// What an application needs of the network, as its manifests say: who opens connections to whom, on which port, and which field of
/// which file says so.
///
/// Enter at [NeedReader]. It reads what NetworkPolicies never tell: environment, arguments, ConfigMaps, probes, routes, scrapes, webhooks and
/// roles. Values of Secrets are never read, and of a URL its user and password are cut out first ([AddressText]). Depends on manifest.
@NullMarked
package dev.lockdown.need;

import org.jspecify.annotations.NullMarked;
