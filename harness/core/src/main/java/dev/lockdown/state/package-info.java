/// What manifests can say, as immutable records: [ClusterState], and [Change], one edit of it.
///
/// Records only, without any behaviour of matching, so that the oracle and the data plane share no bugs.
/// [InputException] and [NearestWord] are here because they are below all who read what people write.
/// Enter at [ClusterState#after]. Depends on flow.
@NullMarked
package dev.lockdown.state;

import org.jspecify.annotations.NullMarked;
