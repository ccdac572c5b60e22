@NullMarked
package dev.lockdown.cluster.embedded.nft;

import org.jspecify.annotations.NullMarked;
