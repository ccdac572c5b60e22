package dev.lockdown.cluster.embedded.kernel;

/// The header of rtnetlink's link messages. Apart from [Rtnetlink] because [Loopback] must not load `java.net`.
final class InterfaceInfo {
    static final int RTM_NEWLINK = 16;
    static final int RTM_DELLINK = 17;
    static final int IFF_UP = 1;
    static final int LOOPBACK = 1;

    private InterfaceInfo() {}

    /// Write `struct ifinfomsg { u8 family; u8 pad; u16 type; s32 index; u32 flags; u32 change; }`.
    ///
    /// @param flags `IFF_UP` or 0; nothing else is changed
    static void write(NetlinkRequests requests, int index, int flags) {
        requests.u8(0).u8(0).u16(0).u32(index).u32(flags).u32(IFF_UP);
    }
}
