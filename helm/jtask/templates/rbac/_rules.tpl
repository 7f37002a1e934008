{{- /* What the operator does in the namespaces it watches; a test compares it with what the code does. */ -}}
{{- define "jtask.rules" -}}
- apiGroups: [jtask.dev]
  resources: [taskworkerpools]
  verbs: [get, list, watch, patch]
- apiGroups: [jtask.dev]
  resources: [taskworkerpools/status]
  verbs: [patch]
- apiGroups: [apps]
  resources: [deployments]
  verbs: [get, list, watch, create, patch, delete]
- apiGroups: [""]
  resources: [pods]
  verbs: [get, list, watch, patch]
# Read by name only: the operator never lists or watches Secrets.
- apiGroups: [""]
  resources: [secrets]
  verbs: [get]
- apiGroups: [""]
  resources: [events]
  verbs: [create, patch]
{{- end }}
