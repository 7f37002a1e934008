{{- define "jtask.name" -}}
{{- default .Chart.Name .Values.nameOverride | trunc 63 | trimSuffix "-" }}
{{- end }}

{{- define "jtask.fullname" -}}
{{- if .Values.fullnameOverride }}
{{- .Values.fullnameOverride | trunc 63 | trimSuffix "-" }}
{{- else if contains (include "jtask.name" .) .Release.Name }}
{{- .Release.Name | trunc 63 | trimSuffix "-" }}
{{- else }}
{{- printf "%s-%s" .Release.Name (include "jtask.name" .) | trunc 63 | trimSuffix "-" }}
{{- end }}
{{- end }}

{{- /* A Service has at most 63 letters, of which the first is none of the digits. */ -}}
{{- define "jtask.metricsService" -}}
{{- $name := include "jtask.fullname" . }}
{{- if not (regexMatch "^[a-z]" $name) }}
{{- $name = printf "jtask-%s" $name }}
{{- end }}
{{- $name | trunc 55 | trimSuffix "-" }}-metrics
{{- end }}

{{- /* For what has no namespace: releases of one name in two namespaces must not meet. */ -}}
{{- define "jtask.clusterName" -}}
{{ .Release.Namespace }}:{{ include "jtask.fullname" . }}
{{- end }}

{{- define "jtask.selector" -}}
app.kubernetes.io/name: {{ include "jtask.name" . | quote }}
app.kubernetes.io/instance: {{ .Release.Name | quote }}
app.kubernetes.io/component: operator
{{- end }}

{{- define "jtask.labels" -}}
{{ include "jtask.selector" . }}
app.kubernetes.io/part-of: jtask
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service | quote }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | quote }}
{{- end }}

{{- define "jtask.serviceAccount" -}}
{{- if .Values.serviceAccount.name }}
{{- .Values.serviceAccount.name }}
{{- else if .Values.serviceAccount.create }}
{{- include "jtask.fullname" . }}
{{- else -}}
default
{{- end }}
{{- end }}

{{- /* Unless it is said: with them goes every pool. */ -}}
{{- define "jtask.keepsCrds" -}}
{{- if or .Values.crds.keep (kindIs "invalid" .Values.crds.keep) }}yes{{ end }}
{{- end }}

{{- define "jtask.image" -}}
{{- if .Values.image.digest -}}
{{ .Values.image.repository }}@{{ .Values.image.digest }}
{{- else -}}
{{ .Values.image.repository }}:{{ .Values.image.tag | default .Chart.AppVersion }}
{{- end }}
{{- end }}

{{- /* The namespaces to watch, comma-separated; nothing when all are. */ -}}
{{- define "jtask.namespaces" -}}
{{- if not .Values.clusterWide -}}
{{ join "," (.Values.watchNamespaces | default (list .Release.Namespace) | uniq) }}
{{- end }}
{{- end }}
