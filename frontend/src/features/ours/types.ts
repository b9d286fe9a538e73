/** An employer's own page, its vacancies and applications as the server describes them. */
import type { components } from "../../lib/openapi";

type Schemas = components["schemas"];
export type EmployerPage = Schemas["EmployerPage"];
export type Vacancy = Schemas["Vacancy"];
export type Received = Schemas["ReceivedApplication"];
export type FoundSeekers = Schemas["FoundSeekers"];
export type AgencyFeedback = Schemas["AgencyFeedback"];
export type EmployerFact = Schemas["EmployerFact"];
export type Answer = "in_conversation" | "offered" | "hired" | "declined";
export type FactKind = EmployerFact["kind"];
export type VacancyImport = Schemas["VacancyImport"];
export type AgencySum = Schemas["AgencySum"];
export type AgencySums = Schemas["AgencySums"];
