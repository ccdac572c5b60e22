@conformance @dns
Feature: Allowing DNS, and nothing else

  DNS is a conversation with pods: kube-system's k8s-app=kube-dns, on 53 over UDP and TCP.

  Rule: Wherever it runs

    Background:
      Given the pods
        | pod      | labels  | serves             | node   |
        | shop/web | app=web | TCP/8080           | node-2 |
        | shop/api | app=api | TCP/8080, UDP/5353 | node-1 |
      And "shop" denies all ingress and egress

    Scenario: Egress to kube-dns on 53 over UDP and TCP heals names and nothing else
      Given "shop/web" can no longer resolve kubernetes.default.svc.cluster.local
      When "fixtures/policies/allow-dns.yaml" is applied to "shop"
      Then exactly these flows healed
        | from              | to                           | ports             |
        | every pod of shop | service kube-system/kube-dns | UDP/53 and TCP/53 |
      And "shop/web" can again resolve kubernetes.default.svc.cluster.local
      But "shop/web" cannot reach "shop/api" on TCP/8080

  Rule: Beside other pods with the same labels

    Background:
      Given the namespaces
        | namespace | labels     |
        | shop      | team=web   |
        | names     | team=names |
      And the pods
        | pod            | labels           | serves             | node   |
        | shop/web       | app=web          | TCP/8080           | node-2 |
        | shop/api       | app=api          | TCP/8080, UDP/5353 | node-1 |
        | shop/kube-dns  | k8s-app=kube-dns | UDP/53, TCP/53     | node-1 |
        | names/kube-dns | k8s-app=kube-dns | UDP/53, TCP/53     | node-2 |
        | names/ui       | app=ui           | TCP/8080, TCP/53   | node-1 |
      And "shop" denies all ingress and egress

    Scenario: The pods of kube-dns alone are healed
      Given "shop/web" can no longer resolve kubernetes.default.svc.cluster.local
      When "fixtures/policies/allow-dns.yaml" is applied to "shop"
      Then exactly these flows healed
        | from              | to                           | ports             |
        | every pod of shop | service kube-system/kube-dns | UDP/53 and TCP/53 |
      And "shop/web" can again resolve kubernetes.default.svc.cluster.local

    Scenario: With the two selectors in one entry the namespace's pods with these labels open
      When this policy is applied to "shop"
        """
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata:
          name: allow-names
        spec:
          podSelector: {}
          policyTypes: [Egress]
          egress:
          - to:
            - namespaceSelector:
                matchLabels: {team: names}
              podSelector:
                matchLabels: {k8s-app: kube-dns}
            ports:
            - {protocol: UDP, port: 53}
            - {protocol: TCP, port: 53}
        """
      Then exactly these flows opened
        | from              | to             | ports             |
        | every pod of shop | names/kube-dns | UDP/53 and TCP/53 |

    Scenario: With the two selectors as two entries more than DNS opens
      When this policy is applied to "shop"
        """
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata:
          name: allow-names-too-much
        spec:
          podSelector: {}
          policyTypes: [Egress]
          egress:
          - to:
            - namespaceSelector:
                matchLabels: {team: names}
            - podSelector:
                matchLabels: {k8s-app: kube-dns}
            ports:
            - {protocol: UDP, port: 53}
            - {protocol: TCP, port: 53}
        """
      Then exactly these flows opened
        | from              | to             | ports             |
        | every pod of shop | names/kube-dns | UDP/53 and TCP/53 |
        | every pod of shop | names/ui       | TCP/53            |
      When "shop/kube-dns" is allowed ingress from every pod of "shop" on UDP/53 and TCP/53
      Then exactly these flows opened
        | from     | to            | ports             |
        | shop/web | shop/kube-dns | UDP/53 and TCP/53 |
        | shop/api | shop/kube-dns | UDP/53 and TCP/53 |

  Rule: With names outside, and one of a large answer

    Background:
      Given the pods
        | pod      | labels  | serves             | node   |
        | shop/web | app=web | TCP/8080           | node-2 |
        | shop/api | app=api | TCP/8080, UDP/5353 | node-1 |
      And the external hosts
        | host            | serves  | addresses                     |
        | partner.example | TCP/443 |                               |
        | many.example    | TCP/443 | 198.51.100.1 to 198.51.100.40 |
      And "shop" denies all ingress and egress

    Scenario: Names resolve again, but the named hosts and pods stay shut
      Given "shop/web" can no longer
        | resolve | partner.example |
        | resolve | many.example    |
      When "fixtures/policies/allow-dns.yaml" is applied to "shop"
      Then "shop/web" can again resolve partner.example
      And "shop/web" can again resolve many.example
      But "shop/web" cannot reach host "partner.example" on TCP/443
      And "shop/web" cannot reach "shop/api" on TCP/8080

    Scenario: With UDP alone a large answer fails over TCP
      When this policy is applied to "shop"
        """
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata:
          name: allow-dns-udp
        spec:
          podSelector: {}
          policyTypes: [Egress]
          egress:
          - to:
            - namespaceSelector:
                matchLabels: {kubernetes.io/metadata.name: kube-system}
              podSelector:
                matchLabels: {k8s-app: kube-dns}
            ports:
            - {protocol: UDP, port: 53}
        """
      Then "shop/web" can resolve partner.example
      But "shop/web" cannot resolve many.example
      And "shop/web" cannot resolve partner.example over TCP
