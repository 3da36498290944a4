// What is typed and not sent yet outlives a server that restarts and a connection that drops. It
// stays in this tab of the browser (sessionStorage), and only for the person who typed it.
{
    const STORE = 'huibao-kept';
    const BOXES = {
        question: '#hb-question textarea',
        typed: '#hb-d-typed textarea',
        headings: '#hb-d-headings textarea',
        unit: '#hb-d-unit :is(input, textarea)',
        day: '#hb-d-day :is(input, textarea)',
    };
    const nothing = who => ({who, tab: '', boxes: {}, remarks: {}, draft: null});
    const seen = new WeakSet();
    const waiting = [];
    let now = null, handedIn = {}, written = '';

    const read = () => {
        try {
            return JSON.parse(sessionStorage.getItem(STORE)) ?? {};
        } catch {
            return {};
        }
    };
    const any = () => {
        const {boxes, remarks, draft} = now;
        return Boolean(Object.keys(boxes).length || Object.keys(remarks).length || draft);
    };
    const write = () => {
        const text = any() ? JSON.stringify(now) : '';
        if (text === written) return;
        written = text;
        try {
            if (text) sessionStorage.setItem(STORE, text);
            else sessionStorage.removeItem(STORE);
        } catch {
            // A browser that keeps nothing, or has no room: as if there were no such thing.
        }
    };
    const type = (box, text) => {
        box.value = text;
        box.dispatchEvent(new Event('input', {bubbles: true}));
    };
    const tabs = () => [...document.querySelectorAll('#hb-tabs > .tab-wrapper [role=tab]')];
    // The server empties a box without an event, once it has taken what was in it: so we look.
    const look = () => {
        if (!now) return;
        for (const [name, where] of Object.entries(BOXES)) {
            const box = document.querySelector(where);
            if (!box) continue; // not drawn yet: what was kept of it waits
            if (!seen.has(box)) {
                seen.add(box);
                if (!box.value && now.boxes[name]) type(box, now.boxes[name]);
            }
            if (box.value && box.value !== handedIn[name]) now.boxes[name] = box.value;
            else delete now.boxes[name];
        }
        now.tab = tabs().find(tab => tab.ariaSelected === 'true')?.innerText.trim() ?? now.tab;
        write();
    };
    const forget = () => {
        now = null;
        sessionStorage.removeItem(STORE);
    };
    const person = async () => {
        const answer = await fetch('/who', {headers: {accept: 'application/json'}});
        return answer.ok ? (await answer.json()).who : null;
    };
    const begin = async () => {
        const who = await person().catch(() => null);
        if (who === null) return void setTimeout(begin, 1000);
        const before = read();
        const same = before.who === who;
        now = {...nothing(who), ...(same ? before : {})};
        if (!same) sessionStorage.removeItem(STORE);
        // Back to where somebody was writing; a tab may not be drawn before it is chosen.
        const going = setInterval(() => {
            if (any() && now.tab && !tabs().length) return;
            clearInterval(going);
            if (any()) tabs().find(tab => tab.innerText.trim() === now.tab)?.click();
            for (const then of waiting.splice(0)) then();
            setInterval(look, 500);
            look();
        }, 50);
    };
    window.huibao.kept = {
        ready: then => void (now ? then() : waiting.push(then)),
        get draft() { return now?.draft ?? null; },
        // What is unsaved of the draft that is open: a sentence's new words, figures typed in.
        keepDraft(draft) {
            if (!now) return;
            now.draft = draft && (draft.edit || Object.keys(draft.gaps).length) ? draft : null;
            write();
        },
        // A draft was written from what stands in the boxes: it is no longer unsent.
        handedIn() {
            for (const [name, where] of Object.entries(BOXES)) {
                const box = document.querySelector(where);
                if (box && name !== 'question') handedIn[name] = box.value;
            }
        },
        // After a login that had ended: another person's page is drawn anew, with nothing of this.
        async again() {
            const who = await person().catch(() => null);
            if (!now || who === null || who === now.who) return;
            forget();
            location.reload();
        },
        // The boxes beside alarms: each keeps what was typed for its own alarm, wherever it moves.
        remarks(element, watch) {
            const boxes = () => [...element.querySelectorAll('[data-alarm]')];
            const show = () => {
                for (const card of boxes()) {
                    const box = card.querySelector('.hb-remark');
                    if (box) box.value = now?.remarks[card.dataset.alarm] ?? '';
                    else if (now) delete now.remarks[card.dataset.alarm]; // it is settled
                }
            };
            element.addEventListener('input', event => {
                const card = event.target.closest('[data-alarm]');
                if (!now || !card) return;
                if (event.target.value) now.remarks[card.dataset.alarm] = event.target.value;
                else delete now.remarks[card.dataset.alarm];
            });
            watch('value', show);
            this.ready(show);
        },
    };
    document.addEventListener('input', look);
    addEventListener('pagehide', look);
    // Logged out, here or in another tab of this browser: nothing of it stays on the screen either.
    new BroadcastChannel('huibao').onmessage = () => {
        forget();
        location.replace('/login');
    };
    begin();
}
