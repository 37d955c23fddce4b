// IRIs as plain strings: the twin of stdgraph/model/vocabulary.py, whose prefixes a test compares with these.

export const BASE = 'https://w3id.org/stdgraph/id/'
export const STDG = 'https://w3id.org/stdgraph/ontology#'
export const STDGC = 'https://w3id.org/stdgraph/concept/'
export const SRC = 'https://w3id.org/stdgraph/source/'
export const DCTERMS = 'http://purl.org/dc/terms/'
export const OWL = 'http://www.w3.org/2002/07/owl#'
export const RDF = 'http://www.w3.org/1999/02/22-rdf-syntax-ns#'
export const RDFS = 'http://www.w3.org/2000/01/rdf-schema#'
export const SKOS = 'http://www.w3.org/2004/02/skos/core#'
export const XSD = 'http://www.w3.org/2001/XMLSchema#'

/** The same prefix for the same namespace, in every file, query and message. */
export const PREFIXES: Readonly<Record<string, string>> = {
  adms: 'http://www.w3.org/ns/adms#',
  dcat: 'http://www.w3.org/ns/dcat#',
  dcterms: DCTERMS,
  eli: 'http://data.europa.eu/eli/ontology#',
  foaf: 'http://xmlns.com/foaf/0.1/',
  m8g: 'http://data.europa.eu/m8g/',
  org: 'http://www.w3.org/ns/org#',
  owl: OWL,
  person: 'http://www.w3.org/ns/person#',
  prov: 'http://www.w3.org/ns/prov#',
  rdf: RDF,
  rdfs: RDFS,
  schema: 'http://schema.org/',
  sh: 'http://www.w3.org/ns/shacl#',
  skos: SKOS,
  skosxl: 'http://www.w3.org/2008/05/skos-xl#',
  src: SRC,
  stdg: STDG,
  stdgc: STDGC,
  stdgs: 'https://w3id.org/stdgraph/shape/',
  vann: 'http://purl.org/vocab/vann/',
  void: 'http://rdfs.org/ns/void#',
  xsd: XSD,
}

/** Returns the IRI for a prefixed name, a short id (`org/gb-bsi`) or an IRI. */
export function expand(name: string): string {
  if (name.includes('://')) return name
  const at = name.indexOf(':')
  const namespace = at < 0 ? undefined : PREFIXES[name.slice(0, at)]
  return namespace === undefined ? BASE + name : namespace + name.slice(at + 1)
}

/** Returns the short id of a thing, the prefixed name of a term, or the IRI itself. */
export function short(iri: string): string {
  if (iri.startsWith(BASE)) return iri.slice(BASE.length)
  for (const [prefix, namespace] of Object.entries(PREFIXES)) {
    if (iri.startsWith(namespace) && !iri.slice(namespace.length).includes('/')) {
      return `${prefix}:${iri.slice(namespace.length)}`
    }
  }
  return iri
}

/** Returns the last step of an IRI: `coPartyWith`, `agrtype-mou`. */
export function local(iri: string): string {
  const behind = iri.slice(iri.lastIndexOf('#') + 1)
  return behind.slice(behind.lastIndexOf('/') + 1)
}
