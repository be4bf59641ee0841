import type { IncomingMessage, ServerResponse } from 'node:http';
import { answerJson, onlyPart, type SeenRequest, TestService } from './test-service.ts';

/** An upload as the service shows it. */
export interface KeptUpload {
  id: number;
  comment: string;
  create_time: string;
  source_quantity: number;
  line_quantity: number;
  status: string;
  [field: string]: unknown;
}

/** A request to the service, and the possible reactions to it. */
export interface Visit {
  readonly request: SeenRequest;
  readonly response: ServerResponse;
  readonly raw: IncomingMessage;
  /** The number of this request among the requests with the same method, from 1. */
  readonly number: number;
  /** Stores the file of a POST. Sends no answer. */
  store(): KeptUpload;
  /** Sends the usual answer of the service. */
  usual(): void;
}

/** A service that stores uploads. A test decides how the service handles each request. */
export class KeepingService {
  readonly kept: KeptUpload[] = [];
  /** The contents of the uploads, in the order of their ids. */
  readonly contents: string[] = [];
  readonly service: TestService;

  private constructor(service: TestService) {
    this.service = service;
  }

  /**
   * Starts a service.
   *
   * @param meet handles a request: sends an answer, or calls `usual` for the usual answer
   */
  static async start(
    meet: (visit: Visit) => void = (visit) => {
      visit.usual();
    },
  ): Promise<KeepingService> {
    const service = await TestService.start(() => undefined);
    const keeping = new KeepingService(service);
    const counts = new Map<string, number>();
    service.behave((request, response, raw) => {
      const number = (counts.get(request.method) ?? 0) + 1;
      counts.set(request.method, number);
      meet({
        request,
        response,
        raw,
        number,
        store: () => keeping.#store(request),
        usual: () => {
          keeping.#usual(request, response);
        },
      });
    });
    return keeping;
  }

  get target(): string[] {
    return this.service.target;
  }

  posts(): number {
    return this.service.posts().length;
  }

  #store(request: SeenRequest): KeptUpload {
    const content = onlyPart(request).content.toString();
    const lines = content.trimEnd().split('\n').length - 1;
    const upload: KeptUpload = {
      id: 1001 + this.kept.length,
      comment: request.query.get('comment') ?? '',
      create_time: new Date().toISOString(),
      source_quantity: lines,
      line_quantity: lines,
      status: 'UPLOADED',
    };
    this.kept.push(upload);
    this.contents.push(content);
    return upload;
  }

  #usual(request: SeenRequest, response: ServerResponse): void {
    if (request.method === 'POST') {
      answerJson(response, 200, JSON.stringify({ uploading: this.#store(request) }));
      return;
    }
    const id = /calls_uploading\/(\d+)$/.exec(request.path)?.[1];
    if (id !== undefined) {
      const uploading = this.kept.find((one) => String(one.id) === id);
      if (uploading === undefined) answerJson(response, 404, '{}');
      else answerJson(response, 200, JSON.stringify({ uploading }));
      return;
    }
    const offset = Number(request.query.get('offset'));
    const uploadings = this.kept.toReversed().slice(offset);
    answerJson(response, 200, JSON.stringify({ uploadings }));
  }
}
