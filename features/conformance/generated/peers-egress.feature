# Written by ./lockdown dev generate; change dev.lockdown.conformance and run it again.
@conformance @generated @peers
Feature: Egress to one peer, and to two

  A peer is a pod selector, a namespace selector, both in one entry, or a block of addresses. Two entries add up. Whether a block
  may mean pods is implementation-defined, so the blocks here are outside the cluster.

  Background:
    Given the namespaces
      | namespace | labels |
      | x         | ns=x   |
      | y         | ns=y   |
      | z         | ns=z   |
    And the pods
      | pod | labels | serves                                                                                                                           |
      | x/a | pod=a  | serve-80-tcp=TCP/80, serve-81-tcp=TCP/81, serve-80-udp=UDP/80, serve-81-udp=UDP/81, serve-80-sctp=SCTP/80, serve-81-sctp=SCTP/81 |
      | x/b | pod=b  | serve-80-tcp=TCP/80, serve-81-tcp=TCP/81, serve-80-udp=UDP/80, serve-81-udp=UDP/81, serve-80-sctp=SCTP/80, serve-81-sctp=SCTP/81 |
      | x/c | pod=c  | serve-80-tcp=TCP/80, serve-81-tcp=TCP/81, serve-80-udp=UDP/80, serve-81-udp=UDP/81, serve-80-sctp=SCTP/80, serve-81-sctp=SCTP/81 |
      | y/a | pod=a  | serve-80-tcp=TCP/80, serve-81-tcp=TCP/81, serve-80-udp=UDP/80, serve-81-udp=UDP/81, serve-80-sctp=SCTP/80, serve-81-sctp=SCTP/81 |
      | y/b | pod=b  | serve-80-tcp=TCP/80, serve-81-tcp=TCP/81, serve-80-udp=UDP/80, serve-81-udp=UDP/81, serve-80-sctp=SCTP/80, serve-81-sctp=SCTP/81 |
      | y/c | pod=c  | serve-80-tcp=TCP/80, serve-81-tcp=TCP/81, serve-80-udp=UDP/80, serve-81-udp=UDP/81, serve-80-sctp=SCTP/80, serve-81-sctp=SCTP/81 |
      | z/a | pod=a  | serve-80-tcp=TCP/80, serve-81-tcp=TCP/81, serve-80-udp=UDP/80, serve-81-udp=UDP/81, serve-80-sctp=SCTP/80, serve-81-sctp=SCTP/81 |
      | z/b | pod=b  | serve-80-tcp=TCP/80, serve-81-tcp=TCP/81, serve-80-udp=UDP/80, serve-81-udp=UDP/81, serve-80-sctp=SCTP/80, serve-81-sctp=SCTP/81 |
      | z/c | pod=c  | serve-80-tcp=TCP/80, serve-81-tcp=TCP/81, serve-80-udp=UDP/80, serve-81-udp=UDP/81, serve-80-sctp=SCTP/80, serve-81-sctp=SCTP/81 |
    And the external hosts
      | host          | serves         | addresses      |
      | inside.test   | TCP/80, UDP/80 | 198.51.100.10  |
      | excepted.test | TCP/80, UDP/80 | 198.51.100.130 |
      | outside.test  | TCP/80, UDP/80 | 203.0.113.7    |

  Scenario Outline: <case>
    When this policy is applied to "x"
      """
      apiVersion: networking.k8s.io/v1
      kind: NetworkPolicy
      metadata: {name: peers}
      spec:
        podSelector: {matchLabels: {pod: a}}
        policyTypes: [Egress]
        egress: [{to: [<peers>]}]
      """
    Then on TCP/80 the truth table is
      | | x/b | x/c | y/b | y/c | z/b |
      | x/a | <x/b> | <x/c> | <y/b> | <y/c> | <z/b> |
    And every flow is as the policies say

    Examples:
      | case                                     | peers                                                                               | x/b     | x/c     | y/b     | y/c     | z/b     |
      | Egress to every pod of its own namespace | {podSelector: {}}                                                                   | open    | open    | blocked | blocked | blocked |
      | Egress to pods b of its own namespace    | {podSelector: {matchLabels: {pod: b}}}                                              | open    | blocked | blocked | blocked | blocked |
      | Egress to every namespace                | {namespaceSelector: {}}                                                             | open    | open    | open    | open    | open    |
      | Egress to all pods of every namespace    | {podSelector: {}, namespaceSelector: {}}                                            | open    | open    | open    | open    | open    |
      | Egress to pods b of every namespace      | {podSelector: {matchLabels: {pod: b}}, namespaceSelector: {}}                       | open    | blocked | open    | blocked | open    |
      | Egress to namespace y                    | {namespaceSelector: {matchLabels: {ns: "y"}}}                                       | blocked | blocked | open    | open    | blocked |
      | Egress to all pods of namespace y        | {podSelector: {}, namespaceSelector: {matchLabels: {ns: "y"}}}                      | blocked | blocked | open    | open    | blocked |
      | Egress to pods b of namespace y          | {podSelector: {matchLabels: {pod: b}}, namespaceSelector: {matchLabels: {ns: "y"}}} | blocked | blocked | open    | blocked | blocked |

  @ipblock
  Scenario Outline: <case>
    When this policy is applied to "x"
      """
      apiVersion: networking.k8s.io/v1
      kind: NetworkPolicy
      metadata: {name: peers}
      spec:
        podSelector: {matchLabels: {pod: a}}
        policyTypes: [Egress]
        egress: [{to: [<peers>]}]
      """
    Then on TCP/80 the truth table is
      | | x/b | x/c | y/b | y/c | z/b | host inside.test | host excepted.test | host outside.test |
      | x/a | <x/b> | <x/c> | <y/b> | <y/c> | <z/b> | <host inside.test> | <host excepted.test> | <host outside.test> |
    And every flow is as the policies say

    Examples:
      | case                                | peers                                                           | x/b     | x/c     | y/b     | y/c     | z/b     | host inside.test | host excepted.test | host outside.test |
      | Egress to a block                   | {ipBlock: {cidr: 198.51.100.0/24}}                              | blocked | blocked | blocked | blocked | blocked | open             | open               | blocked           |
      | Egress to a block with an exception | {ipBlock: {cidr: 198.51.100.0/24, except: [198.51.100.128/25]}} | blocked | blocked | blocked | blocked | blocked | open             | blocked            | blocked           |

  Scenario Outline: <case>
    When this policy is applied to "x"
      """
      apiVersion: networking.k8s.io/v1
      kind: NetworkPolicy
      metadata: {name: peers}
      spec:
        podSelector: {matchLabels: {pod: a}}
        policyTypes: [Egress]
        egress: [{to: [<peers>]}]
      """
    Then on TCP/80 the truth table is
      | | x/b | x/c | y/b | y/c | z/b |
      | x/a | <x/b> | <x/c> | <y/b> | <y/c> | <z/b> |
    And every flow is as the policies say

    Examples:
      | case                                                                    | peers                                                                                                                                               | x/b     | x/c     | y/b     | y/c     | z/b     |
      | Egress to every pod of its own namespace or pods b of its own namespace | {podSelector: {}}, {podSelector: {matchLabels: {pod: b}}}                                                                                           | open    | open    | blocked | blocked | blocked |
      | Egress to every pod of its own namespace or every namespace             | {podSelector: {}}, {namespaceSelector: {}}                                                                                                          | open    | open    | open    | open    | open    |
      | Egress to every pod of its own namespace or all pods of every namespace | {podSelector: {}}, {podSelector: {}, namespaceSelector: {}}                                                                                         | open    | open    | open    | open    | open    |
      | Egress to every pod of its own namespace or pods b of every namespace   | {podSelector: {}}, {podSelector: {matchLabels: {pod: b}}, namespaceSelector: {}}                                                                    | open    | open    | open    | blocked | open    |
      | Egress to every pod of its own namespace or namespace y                 | {podSelector: {}}, {namespaceSelector: {matchLabels: {ns: "y"}}}                                                                                    | open    | open    | open    | open    | blocked |
      | Egress to every pod of its own namespace or all pods of namespace y     | {podSelector: {}}, {podSelector: {}, namespaceSelector: {matchLabels: {ns: "y"}}}                                                                   | open    | open    | open    | open    | blocked |
      | Egress to every pod of its own namespace or pods b of namespace y       | {podSelector: {}}, {podSelector: {matchLabels: {pod: b}}, namespaceSelector: {matchLabels: {ns: "y"}}}                                              | open    | open    | open    | blocked | blocked |
      | Egress to pods b of its own namespace or every namespace                | {podSelector: {matchLabels: {pod: b}}}, {namespaceSelector: {}}                                                                                     | open    | open    | open    | open    | open    |
      | Egress to pods b of its own namespace or all pods of every namespace    | {podSelector: {matchLabels: {pod: b}}}, {podSelector: {}, namespaceSelector: {}}                                                                    | open    | open    | open    | open    | open    |
      | Egress to pods b of its own namespace or pods b of every namespace      | {podSelector: {matchLabels: {pod: b}}}, {podSelector: {matchLabels: {pod: b}}, namespaceSelector: {}}                                               | open    | blocked | open    | blocked | open    |
      | Egress to pods b of its own namespace or namespace y                    | {podSelector: {matchLabels: {pod: b}}}, {namespaceSelector: {matchLabels: {ns: "y"}}}                                                               | open    | blocked | open    | open    | blocked |
      | Egress to pods b of its own namespace or all pods of namespace y        | {podSelector: {matchLabels: {pod: b}}}, {podSelector: {}, namespaceSelector: {matchLabels: {ns: "y"}}}                                              | open    | blocked | open    | open    | blocked |
      | Egress to pods b of its own namespace or pods b of namespace y          | {podSelector: {matchLabels: {pod: b}}}, {podSelector: {matchLabels: {pod: b}}, namespaceSelector: {matchLabels: {ns: "y"}}}                         | open    | blocked | open    | blocked | blocked |
      | Egress to every namespace or all pods of every namespace                | {namespaceSelector: {}}, {podSelector: {}, namespaceSelector: {}}                                                                                   | open    | open    | open    | open    | open    |
      | Egress to every namespace or pods b of every namespace                  | {namespaceSelector: {}}, {podSelector: {matchLabels: {pod: b}}, namespaceSelector: {}}                                                              | open    | open    | open    | open    | open    |
      | Egress to every namespace or namespace y                                | {namespaceSelector: {}}, {namespaceSelector: {matchLabels: {ns: "y"}}}                                                                              | open    | open    | open    | open    | open    |
      | Egress to every namespace or all pods of namespace y                    | {namespaceSelector: {}}, {podSelector: {}, namespaceSelector: {matchLabels: {ns: "y"}}}                                                             | open    | open    | open    | open    | open    |
      | Egress to every namespace or pods b of namespace y                      | {namespaceSelector: {}}, {podSelector: {matchLabels: {pod: b}}, namespaceSelector: {matchLabels: {ns: "y"}}}                                        | open    | open    | open    | open    | open    |
      | Egress to all pods of every namespace or pods b of every namespace      | {podSelector: {}, namespaceSelector: {}}, {podSelector: {matchLabels: {pod: b}}, namespaceSelector: {}}                                             | open    | open    | open    | open    | open    |
      | Egress to all pods of every namespace or namespace y                    | {podSelector: {}, namespaceSelector: {}}, {namespaceSelector: {matchLabels: {ns: "y"}}}                                                             | open    | open    | open    | open    | open    |
      | Egress to all pods of every namespace or all pods of namespace y        | {podSelector: {}, namespaceSelector: {}}, {podSelector: {}, namespaceSelector: {matchLabels: {ns: "y"}}}                                            | open    | open    | open    | open    | open    |
      | Egress to all pods of every namespace or pods b of namespace y          | {podSelector: {}, namespaceSelector: {}}, {podSelector: {matchLabels: {pod: b}}, namespaceSelector: {matchLabels: {ns: "y"}}}                       | open    | open    | open    | open    | open    |
      | Egress to pods b of every namespace or namespace y                      | {podSelector: {matchLabels: {pod: b}}, namespaceSelector: {}}, {namespaceSelector: {matchLabels: {ns: "y"}}}                                        | open    | blocked | open    | open    | open    |
      | Egress to pods b of every namespace or all pods of namespace y          | {podSelector: {matchLabels: {pod: b}}, namespaceSelector: {}}, {podSelector: {}, namespaceSelector: {matchLabels: {ns: "y"}}}                       | open    | blocked | open    | open    | open    |
      | Egress to pods b of every namespace or pods b of namespace y            | {podSelector: {matchLabels: {pod: b}}, namespaceSelector: {}}, {podSelector: {matchLabels: {pod: b}}, namespaceSelector: {matchLabels: {ns: "y"}}}  | open    | blocked | open    | blocked | open    |
      | Egress to namespace y or all pods of namespace y                        | {namespaceSelector: {matchLabels: {ns: "y"}}}, {podSelector: {}, namespaceSelector: {matchLabels: {ns: "y"}}}                                       | blocked | blocked | open    | open    | blocked |
      | Egress to namespace y or pods b of namespace y                          | {namespaceSelector: {matchLabels: {ns: "y"}}}, {podSelector: {matchLabels: {pod: b}}, namespaceSelector: {matchLabels: {ns: "y"}}}                  | blocked | blocked | open    | open    | blocked |
      | Egress to all pods of namespace y or pods b of namespace y              | {podSelector: {}, namespaceSelector: {matchLabels: {ns: "y"}}}, {podSelector: {matchLabels: {pod: b}}, namespaceSelector: {matchLabels: {ns: "y"}}} | blocked | blocked | open    | open    | blocked |

  @ipblock
  Scenario Outline: <case>
    When this policy is applied to "x"
      """
      apiVersion: networking.k8s.io/v1
      kind: NetworkPolicy
      metadata: {name: peers}
      spec:
        podSelector: {matchLabels: {pod: a}}
        policyTypes: [Egress]
        egress: [{to: [<peers>]}]
      """
    Then on TCP/80 the truth table is
      | | x/b | x/c | y/b | y/c | z/b | host inside.test | host excepted.test | host outside.test |
      | x/a | <x/b> | <x/c> | <y/b> | <y/c> | <z/b> | <host inside.test> | <host excepted.test> | <host outside.test> |
    And every flow is as the policies say

    Examples:
      | case                                                                  | peers                                                                                                                                                | x/b     | x/c     | y/b     | y/c     | z/b     | host inside.test | host excepted.test | host outside.test |
      | Egress to every pod of its own namespace or a block                   | {podSelector: {}}, {ipBlock: {cidr: 198.51.100.0/24}}                                                                                                | open    | open    | blocked | blocked | blocked | open             | open               | blocked           |
      | Egress to every pod of its own namespace or a block with an exception | {podSelector: {}}, {ipBlock: {cidr: 198.51.100.0/24, except: [198.51.100.128/25]}}                                                                   | open    | open    | blocked | blocked | blocked | open             | blocked            | blocked           |
      | Egress to pods b of its own namespace or a block                      | {podSelector: {matchLabels: {pod: b}}}, {ipBlock: {cidr: 198.51.100.0/24}}                                                                           | open    | blocked | blocked | blocked | blocked | open             | open               | blocked           |
      | Egress to pods b of its own namespace or a block with an exception    | {podSelector: {matchLabels: {pod: b}}}, {ipBlock: {cidr: 198.51.100.0/24, except: [198.51.100.128/25]}}                                              | open    | blocked | blocked | blocked | blocked | open             | blocked            | blocked           |
      | Egress to every namespace or a block                                  | {namespaceSelector: {}}, {ipBlock: {cidr: 198.51.100.0/24}}                                                                                          | open    | open    | open    | open    | open    | open             | open               | blocked           |
      | Egress to every namespace or a block with an exception                | {namespaceSelector: {}}, {ipBlock: {cidr: 198.51.100.0/24, except: [198.51.100.128/25]}}                                                             | open    | open    | open    | open    | open    | open             | blocked            | blocked           |
      | Egress to all pods of every namespace or a block                      | {podSelector: {}, namespaceSelector: {}}, {ipBlock: {cidr: 198.51.100.0/24}}                                                                         | open    | open    | open    | open    | open    | open             | open               | blocked           |
      | Egress to all pods of every namespace or a block with an exception    | {podSelector: {}, namespaceSelector: {}}, {ipBlock: {cidr: 198.51.100.0/24, except: [198.51.100.128/25]}}                                            | open    | open    | open    | open    | open    | open             | blocked            | blocked           |
      | Egress to pods b of every namespace or a block                        | {podSelector: {matchLabels: {pod: b}}, namespaceSelector: {}}, {ipBlock: {cidr: 198.51.100.0/24}}                                                    | open    | blocked | open    | blocked | open    | open             | open               | blocked           |
      | Egress to pods b of every namespace or a block with an exception      | {podSelector: {matchLabels: {pod: b}}, namespaceSelector: {}}, {ipBlock: {cidr: 198.51.100.0/24, except: [198.51.100.128/25]}}                       | open    | blocked | open    | blocked | open    | open             | blocked            | blocked           |
      | Egress to namespace y or a block                                      | {namespaceSelector: {matchLabels: {ns: "y"}}}, {ipBlock: {cidr: 198.51.100.0/24}}                                                                    | blocked | blocked | open    | open    | blocked | open             | open               | blocked           |
      | Egress to namespace y or a block with an exception                    | {namespaceSelector: {matchLabels: {ns: "y"}}}, {ipBlock: {cidr: 198.51.100.0/24, except: [198.51.100.128/25]}}                                       | blocked | blocked | open    | open    | blocked | open             | blocked            | blocked           |
      | Egress to all pods of namespace y or a block                          | {podSelector: {}, namespaceSelector: {matchLabels: {ns: "y"}}}, {ipBlock: {cidr: 198.51.100.0/24}}                                                   | blocked | blocked | open    | open    | blocked | open             | open               | blocked           |
      | Egress to all pods of namespace y or a block with an exception        | {podSelector: {}, namespaceSelector: {matchLabels: {ns: "y"}}}, {ipBlock: {cidr: 198.51.100.0/24, except: [198.51.100.128/25]}}                      | blocked | blocked | open    | open    | blocked | open             | blocked            | blocked           |
      | Egress to pods b of namespace y or a block                            | {podSelector: {matchLabels: {pod: b}}, namespaceSelector: {matchLabels: {ns: "y"}}}, {ipBlock: {cidr: 198.51.100.0/24}}                              | blocked | blocked | open    | blocked | blocked | open             | open               | blocked           |
      | Egress to pods b of namespace y or a block with an exception          | {podSelector: {matchLabels: {pod: b}}, namespaceSelector: {matchLabels: {ns: "y"}}}, {ipBlock: {cidr: 198.51.100.0/24, except: [198.51.100.128/25]}} | blocked | blocked | open    | blocked | blocked | open             | blocked            | blocked           |
      | Egress to a block or a block with an exception                        | {ipBlock: {cidr: 198.51.100.0/24}}, {ipBlock: {cidr: 198.51.100.0/24, except: [198.51.100.128/25]}}                                                  | blocked | blocked | blocked | blocked | blocked | open             | open               | blocked           |
