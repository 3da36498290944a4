// The tab 起草 in the browser: which sentence is looked at, by mouse and by keyboard.
window.huibao.draft = {
    chosen: null,
    sure: '',
    composing: false,
    shown: () => document.querySelector('#hb-d-paper [data-draft]')?.dataset.draft ?? '',
    // What is kept of the draft that is shown, by kept.js; of another one nothing.
    kept() {
        const kept = window.huibao.kept.draft, key = this.shown();
        return kept?.key === key ? kept : {key, edit: null, gaps: {}};
    },
    keep(what) {
        if (this.shown()) window.huibao.kept.keepDraft({...this.kept(), ...what});
    },
    unsaved: () => {
        const box = document.querySelector('#hb-d-sentence textarea');
        return box !== null && box.value !== box.defaultValue;
    },
    mark(id, into) {
        this.chosen = id;
        const paper = document.getElementById('hb-d-paper');
        for (const one of paper.querySelectorAll('.hb-s-chosen')) one.classList.remove('hb-s-chosen');
        const one = [...paper.querySelectorAll('[data-s]')].find(span => span.dataset.s === id);
        one?.classList.add('hb-s-chosen');
        if (into) one?.scrollIntoView({block: 'center'});
    },
    // Buttons beside the text that lead to a sentence of it.
    links(element, pick) {
        element.addEventListener('click', event => {
            const link = event.target.closest('[data-s]');
            if (!link || (this.unsaved() && !confirm(this.sure))) return;
            this.keep({edit: null});
            this.mark(link.dataset.s, true);
            pick(link.dataset.s);
        });
    },
    sources(element, open) {
        element.addEventListener('click', event => {
            const link = event.target.closest('[data-open]');
            if (!link) return;
            window.huibao.opener = link;
            open(Number(link.dataset.open));
        });
    },
    paper(element, watch, events, sure) {
        this.sure = sure;
        const go = one => {
            if (!one) return;
            if (one.dataset.s !== this.chosen) {
                if (this.unsaved() && !confirm(sure)) return;
                this.keep({edit: null});
            }
            this.mark(one.dataset.s, false);
            events.pick(one.dataset.s);
        };
        element.addEventListener('click', event => {
            const again = event.target.closest('[data-again]');
            if (again) events.again(Number(again.dataset.again));
            go(event.target.closest('[data-s]'));
        });
        // By Tab only: a click focuses first, and is handled above.
        element.addEventListener('focusin', event => {
            if (event.target.matches('[data-s]:focus-visible') && event.target.dataset.s !== this.chosen) {
                go(event.target);
            }
        });
        element.addEventListener('keydown', event => {
            const now = event.target.closest('[data-s]');
            if (!now) return;
            if (event.key === 'Enter') document.querySelector('#hb-d-sentence textarea')?.focus();
            const step = {ArrowDown: 1, ArrowUp: -1}[event.key];
            if (!step && event.key !== 'Enter') return;
            event.preventDefault();
            const all = [...element.querySelectorAll('[data-s]')];
            if (step) all[all.indexOf(now) + step]?.focus();
        });
        let drawn = this.shown();
        // After a page that was drawn anew: the draft with what was typed into it.
        window.huibao.kept.ready(() => {
            const kept = window.huibao.kept.draft;
            if (kept && !this.shown()) events.reopen({draft: kept.key, id: kept.edit?.id ?? ''});
        });
        watch('value', () => {
            if (this.composing && drawn !== this.shown()) window.huibao.kept.handedIn();
            this.composing &&= drawn === this.shown();
            drawn = this.shown();
            if (window.huibao.kept.draft?.key !== drawn) window.huibao.kept.keepDraft(null);
            const one = element.querySelector('.hb-s-chosen');
            if (one) this.chosen = one.dataset.s;
            else this.mark(this.chosen, false);
        });
    },
    sentence(element, watch, events) {
        let acted = false;
        this.sources(element, events.source);
        element.addEventListener('click', event => {
            const button = event.target.closest('[data-do]');
            if (!button) return;
            const box = button.closest('[data-sentence]');
            const sent = {id: box.dataset.sentence, what: button.dataset.do};
            if (sent.what === 'change') sent.text = box.querySelector('textarea').value;
            if (sent.what === 'everywhere') {
                sent.changed = JSON.parse(box.querySelector('[data-changed]').dataset.changed);
                sent.places = [...box.querySelectorAll('[data-place]:checked')].map(one => one.dataset.place);
            }
            acted = true;
            events.edit(sent);
        });
        element.addEventListener('keydown', event => {
            if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && event.target.matches('textarea')) {
                element.querySelector('[data-do=change]').click();
            }
        });
        element.addEventListener('input', event => {
            if (!event.target.matches('textarea')) return;
            const {value: text, defaultValue: was} = event.target;
            const id = event.target.closest('[data-sentence]').dataset.sentence;
            this.keep({edit: text === was ? null : {id, was, text}});
        });
        watch('value', () => {
            // Gradio patches the elements that are there, which keep what was typed into them.
            const {edit} = this.kept();
            for (const box of element.querySelectorAll('textarea')) {
                const id = box.closest('[data-sentence]').dataset.sentence;
                const same = edit !== null && edit.id === id && edit.was === box.defaultValue;
                box.value = same ? edit.text : box.defaultValue;
                if (!same) this.keep({edit: null});
            }
            for (const box of element.querySelectorAll('input')) box.checked = box.defaultChecked;
            // The button that was pressed is gone: the keyboard goes on from here.
            if (acted) element.querySelector('.hb-edit')?.focus({preventScroll: true});
            acted = false;
        });
    },
    gaps(element, watch, events) {
        // What was typed stays while the draft changes around it.
        const boxes = () => [...element.querySelectorAll('[data-gap]')];
        element.addEventListener('input', () => {
            const typed = boxes().filter(box => box.value);
            this.keep({gaps: Object.fromEntries(typed.map(box => [box.dataset.key, box.value]))});
        });
        const send = () => {
            events.fill(Object.fromEntries(boxes().map(box => [box.dataset.gap, box.value])));
        };
        element.addEventListener('click', event => {
            if (event.target.closest('[data-do]')) send();
            if (event.target.closest('[data-leave]')) events.leave();
        });
        element.addEventListener('keydown', event => {
            if (event.key === 'Enter' && event.target.matches('[data-gap]')) send();
        });
        const show = () => {
            const {gaps} = this.kept(), left = {};
            for (const box of boxes()) {
                box.value = gaps[box.dataset.key] ?? '';
                if (box.value) left[box.dataset.key] = box.value;
            }
            if (boxes().length) this.keep({gaps: left});
        };
        watch('value', show);
        window.huibao.kept.ready(show); // this side may be drawn long after the draft
    },
    versions(element, events) {
        element.addEventListener('click', event => {
            const at = name => event.target.closest(`[data-${name}]`);
            if (at('version')) events.version(Number(at('version').dataset.version));
            if (at('back')) events.back(Number(at('back').dataset.back));
            if (at('compare')) {
                const value = name => Number(element.querySelector(`select[name=${name}]`).value);
                events.compare({old: value('old'), new: value('new')});
            }
        });
    },
};
document.addEventListener('click', event => {
    const draft = window.huibao.draft;
    if (event.target.closest?.('#hb-d-compose')) draft.composing = true;
    if (event.target.closest?.('#hb-d-kept')) draft.composing = false;
}, true);
